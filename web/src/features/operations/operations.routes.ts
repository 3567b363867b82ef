import type { RouteRecordRaw } from 'vue-router';

export const operationsRoutes: RouteRecordRaw[] = [
  {
    path: '/backends',
    name: 'backends',
    component: () => import('./BackendsPage.vue'),
    meta: { open: true, title: 'operations.title' },
  },
];
