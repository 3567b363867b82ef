import type { RouteRecordRaw } from 'vue-router';

export const doctorsRoutes: RouteRecordRaw[] = [
  {
    path: '/doctors',
    name: 'doctors',
    component: () => import('./pages/DoctorsPage.vue'),
    meta: { title: 'doctors.title' },
  },
  {
    path: '/doctors/:doctorId',
    name: 'doctor',
    component: () => import('./pages/DoctorPage.vue'),
    meta: { title: 'doctors.times' },
  },
];
