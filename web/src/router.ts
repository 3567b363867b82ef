import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router';
import { useBackends } from './api/backends.ts';
import { useSession } from './api/session.ts';
import { accountsRoutes } from './features/accounts/accounts.routes.ts';
import { appointmentsRoutes } from './features/appointments/appointments.routes.ts';
import { callsRoutes } from './features/calls/calls.routes.ts';
import { doctorsRoutes } from './features/doctors/doctors.routes.ts';
import { messagesRoutes } from './features/messages/messages.routes.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import { sessionsRoutes } from './features/sessions/sessions.routes.ts';
import { shellRoutes } from './shell/shell.routes.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a login. */
    open?: boolean;
    /** The page wants the whole screen: no bottom navigation on phones. */
    immersive?: boolean;
    /** The key of the page's title. */
    title?: string;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', redirect: { name: 'appointments' } },
    ...sessionsRoutes,
    ...accountsRoutes,
    ...doctorsRoutes,
    ...appointmentsRoutes,
    ...messagesRoutes,
    ...callsRoutes,
    ...operationsRoutes,
    ...shellRoutes,
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

/** A link may name the backend: /appointments/…?backend=b */
router.beforeEach((to) => {
  const { backend, ...query } = to.query;
  if (typeof backend !== 'string') return true;
  useBackends().select(backend);
  return { path: to.path, query, hash: to.hash, replace: true };
});

router.beforeEach((to: RouteLocationNormalized) => {
  if (to.meta.open || useSession().state !== 'none') return true;
  return { name: 'login', query: to.fullPath === '/appointments' ? {} : { next: to.fullPath } };
});
