/** One built site for a whole browser run; its address reaches the tests through SITE_ORIGIN and its folder through SITE_DATA_DIR. */
import { startSite } from './site.ts';

export default async function startTheSite(): Promise<() => Promise<void>> {
  const site = await startSite();
  process.env['SITE_ORIGIN'] = site.origin;
  process.env['SITE_DATA_DIR'] = site.dataDir;
  return async () => {
    await site.stop();
  };
}
