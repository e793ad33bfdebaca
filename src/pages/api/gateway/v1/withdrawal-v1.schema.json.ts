/** `GET /api/gateway/v1/withdrawal-v1.schema.json`: what takes a referral back, in JSON Schema 2020-12. */
import type { APIRoute } from 'astro';
import { withdrawalSchema } from '#gateway/openapi.ts';

export const prerender = true;

export const GET: APIRoute = () => Response.json(withdrawalSchema());
