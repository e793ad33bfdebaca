/** `GET /api/gateway/v1/referral-v1.schema.json`: one referral, as the Gateway receives it, in JSON Schema 2020-12. */
import type { APIRoute } from 'astro';
import { referralSchema } from '#gateway/openapi.ts';

export const prerender = true;

export const GET: APIRoute = () => Response.json(referralSchema());
