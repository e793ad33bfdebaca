/** `GET /api/eligibility/v1/rules.json`: the rules, facts, outcomes and citations as data, with the ruleset’s version. */
import type { APIRoute } from 'astro';
import { rulesAsData } from '#eligibility/decide.ts';

export const prerender = true;

export const GET: APIRoute = () => Response.json(rulesAsData());
