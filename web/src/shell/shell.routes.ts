import type { RouteRecordRaw } from 'vue-router';

export const shellRoutes: RouteRecordRaw[] = [
  {
    path: '/shortcuts',
    name: 'shortcuts',
    component: () => import('./ShortcutsPage.vue'),
    meta: { open: true, title: 'shell.shortcuts.title' },
  },
  {
    path: '/:unknown(.*)*',
    name: 'not-found',
    component: () => import('./NotFoundPage.vue'),
    meta: { open: true, title: 'shell.notFound.title' },
  },
];
