/** Whether the Gateway’s form is the way for this person. Where it is not, they are shown who is, and never told no. */
import { gatewayCouncils, type Facts } from '#eligibility/facts.ts';

/** Whether the person has not been asked, or said no: then they are asked first, and nothing is sent (R9). */
export const mustAskFirst = (facts: Facts): boolean =>
  facts.about === 'someone-else' && (facts.agreed === 'not-asked' || facts.agreed === 'no');

/** Where somebody goes on: to the Gateway’s form, to help that lies elsewhere, or to the person whom they would ask for. */
export type WayOn = 'form' | 'elsewhere' | 'ask-first';

/** Help that lies elsewhere comes first: danger, or a service for the young, does not wait for an agreement. */
export function wayOn(facts: Facts): WayOn {
  if (gatewayTakes(facts)) return 'form';
  return mustAskFirst(facts) && gatewayTakes({ ...facts, agreed: 'yes' }) ? 'ask-first' : 'elsewhere';
}

/**
 * True unless something known says that help lies elsewhere: danger first (R0), the children’s service for under-18s and
 * care leavers (R5), another council’s duty (R2, R4, R11), or a person who has not agreed (R9).
 * What is unknown or unsure never stands in the way.
 */
export function gatewayTakes(facts: Facts): boolean {
  const inDanger = facts.danger === 'now' || facts.danger === 'suicidal';
  const under18 = facts.age === 'under-5' || facts.age === '5-15' || facts.age === '16-17';
  const careLeaver = facts.age === '18-24' && (facts.child?.includes('care-leaver') ?? false);
  const council = facts.placedBy ?? facts.council;
  const otherCouncil =
    council !== undefined && council !== 'unsure' && !gatewayCouncils.some((code) => code === council);
  const otherCountry =
    facts.placedBy === undefined &&
    facts.country !== undefined &&
    facts.country !== 'wales' &&
    facts.country !== 'unsure';
  return !(inDanger || under18 || careLeaver || mustAskFirst(facts) || otherCouncil || otherCountry);
}
