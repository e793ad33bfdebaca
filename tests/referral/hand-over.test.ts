/** A link for somebody who has not been asked: it opens what was written, once, for seven days, and only for who holds it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newDraftPlace, readDraft } from '#referral/drafts.server.ts';
import {
  deleteHandOver,
  isThere,
  keepHandOver,
  newLinkSecret,
  readHandOver,
  takeOver,
} from '#referral/hand-over.server.ts';
import { handOverFields } from '#referral/hand-over-fields.ts';
import { referStepOf } from '#referral/refer-flow.ts';
import { openSqliteStore } from '#store/sqlite-store.server.ts';
import type { Store } from '#store/store.server.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const week = 7 * 24 * 60 * 60_000;
const log = (): void => undefined;
const written = { from: 'Nia', name: 'Mair Llŷr', ownWords: 'Mae llythyr wedi dod.', deadline: '3 Rhagfyr' };

async function openStore(): Promise<{ store: Store; file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
  const file = join(folder, 'site.db');
  const store = await openSqliteStore(file);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { store, file };
}

describe('a hand-over link', () => {
  it('takes no more words than the form that they go to', () => {
    const form = ['name', 'need'].flatMap((step) => referStepOf(step)!.fields!({}));
    for (const { id, most } of handOverFields.filter((field) => field.id !== 'from')) {
      expect(
        form.find((field) => field.id === id),
        id,
      ).toMatchObject({ most });
    }
  });

  it('opens exactly what was written, as often as the person wants to look, for seven days', async () => {
    const { store } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    expect(secret).toMatch(/^[\w-]{22}$/);
    for (const now of [noon, noon + week - 1000]) {
      expect(await isThere(store, secret, now)).toBe(true);
      expect(await readHandOver({ store, log }, secret, now)).toEqual({
        handOver: { written, expiresAt: noon + week },
      });
    }
    expect(await isThere(store, secret, noon + week)).toBe(false);
    expect(await readHandOver({ store, log }, secret, noon + week)).toEqual({ lost: 'expired' });
    await store.tidy(noon + week);
    expect(await readHandOver({ store, log }, secret, noon)).toEqual({ lost: 'expired' });
    await store.close();
  });

  it('becomes a draft of the person’s own, once; the link does not lead there', async () => {
    const { store } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    const place = newDraftPlace();
    const draft = await takeOver({ store, log }, secret, place, noon);
    expect(draft?.answers).toEqual({
      about: 'me',
      name: { name: 'Mair Llŷr' },
      need: { ownWords: 'Mae llythyr wedi dod.', deadline: '3 Rhagfyr' },
    });
    expect(await readDraft({ store, log }, place, noon)).toEqual({ draft });
    expect(await isThere(store, secret, noon)).toBe(false);
    expect(await takeOver({ store, log }, secret, newDraftPlace(), noon)).toBeUndefined();
    await store.close();
  });

  it('is taken over by one of many who press at the same moment', async () => {
    const { store } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    const drafts = await Promise.all(
      Array.from({ length: 20 }, () => takeOver({ store, log }, secret, newDraftPlace(), noon)),
    );
    expect(drafts.filter((draft) => draft !== undefined)).toHaveLength(1);
    await store.close();
  });

  it('begins a form without words where nothing was written', async () => {
    const { store } = await openStore();
    const secret = await keepHandOver(store, {}, noon);
    expect((await takeOver({ store, log }, secret, newDraftPlace(), noon))?.answers).toEqual({ about: 'me' });
    await store.close();
  });

  it('can be deleted, and then opens nothing', async () => {
    const { store } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    await deleteHandOver(store, secret);
    expect(await readHandOver({ store, log }, secret, noon)).toEqual({ lost: 'expired' });
    expect(await takeOver({ store, log }, secret, newDraftPlace(), noon)).toBeUndefined();
    await store.close();
  });

  it('shows the one who keeps the database neither words nor the link', async () => {
    const { store, file } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    await store.close();
    const bytes = readFileSync(file).toString('utf8');
    for (const word of [...Object.values(written), secret]) expect(bytes).not.toContain(word);
  });

  it('that the disk has changed opens nothing, and is one alarm', async () => {
    const { store, file } = await openStore();
    const secret = await keepHandOver(store, written, noon);
    const disk = new DatabaseSync(file);
    disk.exec("update drafts set sealed = substr(sealed, 1, length(sealed) - 4) || 'AAAA'");
    disk.close();
    const told: unknown[] = [];
    const keeping = { store, log: (entry: unknown) => void told.push(entry) };
    expect(await readHandOver(keeping, secret, noon)).toEqual({ lost: 'unreadable' });
    expect(await takeOver(keeping, secret, newDraftPlace(), noon)).toBeUndefined();
    expect(told).toEqual([{ event: 'draft.damaged' }]);
    await store.close();
  });

  it('is not found by what is no link of ours', async () => {
    const { store } = await openStore();
    await keepHandOver(store, written, noon);
    for (const secret of ['', 'a', newLinkSecret(), `${newLinkSecret()}x`, 'ŵ'.repeat(22), '../../../../etc/passwd']) {
      expect(await isThere(store, secret, noon), secret).toBe(false);
      expect(await readHandOver({ store, log }, secret, noon), secret).toEqual({ lost: 'expired' });
      await deleteHandOver(store, secret);
    }
    await store.close();
  });
});
