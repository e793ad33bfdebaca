/** What the answers tell the law. “Not sure” is never turned into “no”: where a fact has no such value, it stays unknown. */
import { facts as factTable, type Facts } from '#eligibility/facts.ts';
import type { Answer, Answers } from './check-flow.ts';

const saysUnsure = (answer: Answer): boolean => answer === 'unsure';

/** “No Welsh council arranged it” is the absence of the fact `placedBy`, which names the council that did. */
const saysNoCouncil = (fact: string, answer: Answer): boolean => fact === 'placedBy' && answer === 'none';

/**
 * The facts that these answers give. The answers have been parsed: each is a value that its question offers. Nothing is added to
 * what was said: whoever names a council of Wales is not said to have named the country too. The law reads both alike.
 */
export function factsFromAnswers(answers: Answers): Facts {
  const facts: Record<string, unknown> = {};
  for (const [id, answer] of Object.entries(answers)) {
    const fact = factTable[id as keyof typeof factTable];
    if (saysNoCouncil(id, answer)) continue;
    if (saysUnsure(answer) && !fact.unsure) continue;
    facts[id] = answer;
  }
  return facts;
}
