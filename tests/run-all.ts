/** `npm test`: every check that a change must pass, in order, none left out after a failure. Its last line is the count. */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findChromium } from './support/browser.ts';
import { runPa11y } from './support/pa11y.ts';
import { projectFolder } from './support/site.ts';
