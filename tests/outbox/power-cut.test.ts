/** kill -9, again and again, at any moment: nothing that was promised is lost, and nothing arrives twice. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readInbox } from '#gateway/embedded/received.server.ts';
import { startEmbeddedGateway } from '../gateway/embedded-server.ts';

const kills = 24;

test(
  `after ${kills} kills every promised referral has reached the Gateway once, and none is left on the disk`,
  { timeout: 300_000 },
  async () => {
    let asked = 0;
    const gateway = await startEmbeddedGateway({
      fault: (request, response) => {
        asked += 1;
        const turn = asked % 10;
        // Refused before it is read; kept, but the answer is lost; and a proxy’s page instead of an answer.
        if (turn === 3) response.writeHead(500).end();
        else if (turn === 5) response.writeHead = () => (response.destroy(), response);
        else if (turn === 7) response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
        else if (turn === 9) request.socket.destroy();
        return turn === 3 || turn === 7 || turn === 9;
      },
    });
    const dataDir = mkdtempSync(join(tmpdir(), 'advocate-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const promised = new Map<string, string>();
    const running = new Set<ChildProcess>();
    onTestFinished(() => {
      for (const child of running) child.kill('SIGKILL');
    });

    async function run(mode: string, killAfterMs?: (child: ChildProcess) => Promise<unknown>): Promise<void> {
      const { token, publicJwk } = gateway.gateway;
      const settings = [
        mode,
        dataDir,
        gateway.url.href,
        token,
        JSON.stringify(publicJwk),
        [...promised.keys()].at(-1) ?? '',
      ];
      const site = spawn(process.execPath, [join(import.meta.dirname, 'power-cut-site.ts'), ...settings], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      running.add(site);
      let said = '';
      site.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const closed = once(site, 'close');
      if (killAfterMs) {
        await killAfterMs(site);
        site.kill('SIGKILL');
      }
      const [code, signal] = await closed;
      running.delete(site);
      // A line that was cut in the middle reached nobody.
      const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
      for (const line of lines) {
        const [id = '', sealed] = line.split(' ');
        if (sealed !== undefined) promised.set(id, sealed);
      }
      if (killAfterMs) expect(signal, 'killed by us, not fallen by itself').toBe('SIGKILL');
      else expect({ code, last: lines.at(-2) }).toEqual({ code: 0, last: 'drained' });
    }

    for (let kill = 0; kill < kills; kill += 1) {
      const inStart = kill % 6 === 5;
      await run('site', async (site) => {
        if (inStart) return wait(Math.random() * 300);
        // Told by what was promised, not by the clock: on a slow machine nothing would be promised before the kill.
        const enough = 1 + Math.floor(Math.random() * 8);
        let lines = 0;
        await new Promise<void>((resolve) => {
          site.stdout?.on('data', (chunk: Buffer) => {
            lines += chunk.toString().split('\n').length - 1;
            // The first line only says that it is ready.
            if (lines > enough) resolve();
          });
          // One that falls by itself is found out below.
          site.once('exit', () => resolve());
        });
        return wait(Math.random() * 10);
      });
    }
    await run('drain');

    const arrived = (await readInbox(gateway.dataDir))?.messages.map(({ id }) => id) ?? [];
    const lost = [...promised.keys()].filter((id) => !arrived.includes(id));
    expect(promised.size).toBeGreaterThan(kills);
    expect(lost).toEqual([]);
    expect(arrived.length - new Set(arrived).size).toBe(0);
    // One body for each id, also of those that were pressed twice and of those whose page never came back.
    const events = gateway.events.map((event) => ('refusal' in event ? event.refusal : event.event));
    expect(events.filter((event) => event === 'gateway.received')).toHaveLength(arrived.length);
    expect(new Set(events)).toEqual(new Set(['gateway.received', 'gateway.repeated']));

    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)));
    expect([...promised.values()].filter((sealed) => files.some((bytes) => bytes.includes(sealed)))).toEqual([]);
  },
);
