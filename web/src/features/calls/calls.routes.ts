import type { RouteRecordRaw } from 'vue-router';

export const callsRoutes: RouteRecordRaw[] = [
  {
    path: '/appointments/:appointmentId/call',
    name: 'call',
    component: () => import('./CallPage.vue'),
    props: true,
    meta: { immersive: true, title: 'calls.pageTitle' },
  },
];
