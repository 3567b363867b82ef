import type { RouteRecordRaw } from 'vue-router';

export const messagesRoutes: RouteRecordRaw[] = [
  {
    path: '/appointments/:appointmentId/messages',
    name: 'messages',
    component: () => import('./pages/MessagesPage.vue'),
    meta: { title: 'messages.title', immersive: true },
  },
];
