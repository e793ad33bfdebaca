/** Loaded before the site (`--import`): the same site with a store that keeps nothing on the disk, to measure what the disk costs. */
import { registerHooks } from 'node:module';

const stand = new URL('./forgetful-store.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    return specifier === '#store/open-store.server.ts' ? { url: stand, shortCircuit: true } : next(specifier, context);
  },
});
