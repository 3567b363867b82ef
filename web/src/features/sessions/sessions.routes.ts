import type { RouteRecordRaw } from 'vue-router';

export const sessionsRoutes: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('./LoginPage.vue'),
    meta: { open: true, title: 'sessions.login.title' },
  },
];
