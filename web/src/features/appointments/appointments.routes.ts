import type { RouteRecordRaw } from 'vue-router';

export const appointmentsRoutes: RouteRecordRaw[] = [
  {
    path: '/appointments',
    name: 'appointments',
    component: () => import('./pages/AppointmentsPage.vue'),
    meta: { title: 'appointments.title' },
  },
  {
    path: '/appointments/new',
    name: 'appointment-new',
    component: () => import('./pages/NewAppointmentPage.vue'),
    meta: { title: 'appointments.create.title' },
  },
  {
    path: '/appointments/day/:date?',
    name: 'appointments-day',
    component: () => import('./pages/DayPage.vue'),
    meta: { title: 'appointments.day' },
  },
  {
    path: '/appointments/:appointmentId',
    name: 'appointment',
    component: () => import('./pages/AppointmentPage.vue'),
    meta: { title: 'appointments.one' },
  },
];
