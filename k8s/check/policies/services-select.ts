import { at, inSameNamespace, nameOf, ofKind, selects, type Labels, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

type Port = { port: number; targetPort?: number | string };

/** A Service leads to pods, and to ports that they have. */
export const servicesSelect: Policy = {
  name: 'services-select',
  check: ({ manifests }) =>
    ofKind(manifests, 'Service').flatMap((service) => {
      const where = nameOf(service);
      const wanted = at<Labels>(service, 'spec.selector');
      const pods = podsOf(manifests).filter(
        ({ owner, labels }) => inSameNamespace(owner, service) && wanted && selects(wanted, labels),
      );
      if (pods.length === 0) return [{ where, cause: 'selects no pod; its selector must be labels of a template' }];
      const ports = pods.flatMap(({ containers }) => containers.flatMap(({ ports = [] }) => ports));
      return (at<Port[]>(service, 'spec.ports') ?? [])
        .map(({ port, targetPort }) => targetPort ?? port)
        .filter((target) => !ports.some(({ name, containerPort }) => target === name || target === containerPort))
        .map((target) => ({ where, cause: `leads to port ${target}, which no container of its pods has` }));
    }),
};
