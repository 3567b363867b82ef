import type { Plugin } from 'vite';

const addOnLoader = /twilio-video[\\/](es5|lib)[\\/]util[\\/]dynamicimport\.js$/;

/** The SDK's loader of add-ons is made with `new Function`, which the pages' policy forbids (rightly); none is used here. */
export const twilioWithoutEval: Plugin = {
  name: 'duet:twilio-without-eval',
  enforce: 'pre',
  load(id) {
    if (!addOnLoader.test(id)) return null;
    return "module.exports = () => Promise.reject(new Error('no add-on of the SDK is used'));";
  },
};
