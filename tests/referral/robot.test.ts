/** What looks like a robot is marked, and sent all the same. */
import { expect, test } from 'vitest';
import { newDraft } from '#referral/drafts.server.ts';
import { leastHumanMs, looksLikeRobot, trapField, withSignsOfRobot } from '#referral/robot.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { referralV1 } from '#gateway/referral-v1.ts';
import { messageOf } from '#referral/message.ts';
import { emrysCheck, emrysForm } from '../support/people.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const posted = (form: Record<string, string>) => new URLSearchParams(form);
const begun = withSignsOfRobot(newDraft(), posted({ name: 'Mair', [trapField]: '' }), noon);

test('somebody who leaves the hidden box alone and takes their time does not look like a robot', () => {
  expect(looksLikeRobot(begun, noon + leastHumanMs)).toBe(false);
  expect(looksLikeRobot(newDraft(), noon)).toBe(false);
});

test('who fills in the hidden box on any step does, whatever comes after', () => {
  const trapped = withSignsOfRobot(begun, posted({ [trapField]: 'http://…' }), noon + 1);
  const later = withSignsOfRobot(trapped, posted({ name: 'Mair' }), noon + 60_000);
  expect(looksLikeRobot(later, noon + 3_600_000)).toBe(true);
});

test('who sends the whole form faster than anybody reads it does; the time runs from the first step', () => {
  const again = withSignsOfRobot(begun, posted({}), noon + leastHumanMs - 2);
  expect(looksLikeRobot(again, noon + leastHumanMs - 1)).toBe(true);
  expect(looksLikeRobot(again, noon + leastHumanMs)).toBe(false);
});

test('a clock that was put back makes nobody a robot', () => {
  expect(looksLikeRobot(begun, noon - 60_000)).toBe(false);
});

test('the mark is in the message only when it is true, and the contract knows it', () => {
  const source = { id: newDraft().id, reference: '4KX-92R-7HE', check: emrysCheck, form: emrysForm };
  const made = (suspect: boolean) =>
    messageOf({ ...source, variant: 'cy', submittedAt: new Date(noon).toISOString(), suspect });
  expect(made(true)).toMatchObject({ message: { suspect: true } });
  expect(made(false)).not.toHaveProperty('message.suspect');
  expect(referralV1.shape.suspect.safeParse(false).success).toBe(false);
});

test('no step asks anything under the name of the hidden box', () => {
  for (const { id, fields } of referFlow) {
    for (const field of fields?.({ about: 'someone-else' }) ?? []) expect(field.id, id).not.toBe(trapField);
  }
});
