import type { RouteRecordRaw } from 'vue-router';

export const accountsRoutes: RouteRecordRaw[] = [
  {
    path: '/signup',
    name: 'signup',
    component: () => import('./SignUpPage.vue'),
    meta: { open: true, title: 'accounts.signUp.title' },
  },
  {
    path: '/profile',
    name: 'profile',
    component: () => import('./ProfilePage.vue'),
    meta: { title: 'accounts.profile.title' },
  },
];
