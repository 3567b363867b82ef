import '@fontsource-variable/inter/wght.css';
import './styles/main.css';
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { loadClientConfig } from './api/client-config.ts';
import { hasSession } from './api/session-record.ts';
import { i18n, preferredLanguage, switchLanguage } from './i18n/i18n.ts';
import { router } from './router.ts';
import { fetchFirstPage } from './shell/first-page.ts';
import { answerLostPages } from './shell/lost-pages.ts';
import { applyTheme } from './shell/theme.ts';

applyTheme();
answerLostPages(router);
fetchFirstPage(router, location.pathname, { isLoggedIn: hasSession() });
await Promise.all([loadClientConfig(), switchLanguage(preferredLanguage(), { remember: false })]);
createApp(App).use(createPinia()).use(i18n).use(router).use(icons).mount('#app');
