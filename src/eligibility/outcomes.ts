/** Every outcome that the rules can give, and how strong each one is. */

/** In the order in which a page shows them. */
export const forces = ['urgent', 'must', 'right', 'consider', 'may', 'info', 'signpost', 'route'] as const;

export type Force = (typeof forces)[number];

export const outcomes = {
  'urgent-999': 'urgent',
  'urgent-mh-111-2': 'urgent',
  'urgent-domestic-abuse': 'urgent',
  'urgent-safeguarding-adult': 'urgent',
  'urgent-safeguarding-child': 'urgent',
  'w-ipa-must': 'must',
  'w-ipa-ask': 'consider',
  'w-ai-first': 'info',
  'w-other-forms': 'info',
  'w-imha-compulsory': 'right',
  'w-imha-informal': 'right',
  'w-imha-ask': 'consider',
  'imca-must': 'must',
  'imca-may': 'may',
  'imca-ask': 'consider',
  'imca-dols': 'must',
  'w-cmha': 'info',
  'c-active-offer': 'right',
  'c-statutory-ipa': 'right',
  'c-care-leaver': 'right',
  'c-complaint-advocacy': 'right',
  'c-aln': 'right',
  'c-meic': 'signpost',
  'w-llais-nhs': 'right',
  'w-llais-social-care': 'right',
  'e-care-act-must': 'must',
  'e-care-act-exception': 'must',
  'e-ai-first': 'info',
  'e-imha': 'right',
  'e-nhs-complaints': 'right',
  'e-signpost': 'signpost',
  'x-scotland': 'signpost',
  'x-northern-ireland': 'signpost',
  'x-elsewhere': 'signpost',
  'parent-advocacy': 'info',
  'other-help': 'signpost',
  'consent-needed': 'info',
  'carer-own-right': 'right',
  'route-gateway-cav': 'route',
  'route-council-wales': 'route',
  'route-child-provider': 'route',
  'route-imha': 'route',
  'route-decision-maker': 'route',
} as const satisfies Record<string, Force>;

export type OutcomeId = keyof typeof outcomes;

export const outcomeIds = Object.keys(outcomes) as OutcomeId[];
