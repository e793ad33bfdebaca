/** `GET /api/gateway/v1/openapi.json`: the Gateway contract as OpenAPI 3.1. */
import type { APIRoute } from 'astro';
import { openApi } from '#gateway/openapi.ts';

export const prerender = true;

export const GET: APIRoute = () => Response.json(openApi());
