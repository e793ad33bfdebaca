/** For whom the Gateway’s form is the way, and who is shown other help first. */
import { describe, expect, it } from 'vitest';
import { councils, facts as factTable, type Facts } from '../../src/eligibility/facts.ts';
import { gatewayTakes, wayOn } from '../../src/referral/who-can-be-referred.ts';

const adult: Facts = { country: 'wales', council: 'W06000015', about: 'me', age: '25-or-over', danger: 'no' };

describe('the Gateway’s form', () => {
  it.each<[string, Facts]>([
    ['an adult in Cardiff', {}],
    ['an adult in the Vale of Glamorgan', { council: 'W06000014' }],
    ['somebody who is not sure of the council', { council: 'unsure' }],
    ['somebody who is not sure of anything', { council: 'unsure', country: 'unsure', age: 'unsure', carer: 'unsure' }],
    ['somebody who may be at risk', { danger: 'at-risk' }],
    ['somebody of 18 to 24', { age: '18-24' }],
    ['somebody of 18 to 24 with learning needs', { age: '18-24', child: ['additional-learning-needs'] }],
    ['somebody else who agrees', { about: 'someone-else', agreed: 'yes' }],
    ['somebody else who cannot agree', { about: 'someone-else', agreed: 'cannot-agree' }],
    ['somebody in England whom Cardiff placed there', { country: 'england', placedBy: 'W06000015' }],
    ['somebody who asks for themselves, whatever an old answer says of agreeing', { about: 'me', agreed: 'no' }],
  ])('is for %s', (_who, more) => {
    expect(gatewayTakes({ ...adult, ...more })).toBe(true);
  });

  it('is for somebody of whom nothing is known yet', () => {
    expect(gatewayTakes({})).toBe(true);
  });

  it.each<[string, Facts]>([
    ['somebody in danger now', { danger: 'now' }],
    ['somebody who thinks of suicide', { danger: 'suicidal' }],
    ['a child', { age: 'under-5' }],
    ['a young person', { age: '5-15' }],
    ['a young person of 16', { age: '16-17' }],
    ['a care leaver under 25', { age: '18-24', child: ['care-leaver'] }],
    ['somebody else who has not been asked', { about: 'someone-else', agreed: 'not-asked' }],
    ['somebody else who said no', { about: 'someone-else', agreed: 'no' }],
    ['somebody in England', { country: 'england' }],
    ['somebody in Scotland', { country: 'scotland' }],
    ['somebody in England whom Swansea placed there', { country: 'england', placedBy: 'W06000011' }],
    ['somebody whom Swansea placed in Cardiff', { placedBy: 'W06000011' }],
  ])('shows other help first to %s', (_who, more) => {
    expect(gatewayTakes({ ...adult, ...more })).toBe(false);
  });

  it('is for the people of two councils of the 22', () => {
    expect(councils.filter((council) => gatewayTakes({ ...adult, council }))).toEqual(['W06000014', 'W06000015']);
  });

  it('is not closed by anything unknown or unsure', () => {
    for (const [fact, { unsure }] of Object.entries(factTable)) {
      if (unsure) expect(gatewayTakes({ ...adult, [fact]: 'unsure' }), fact).toBe(true);
      expect(gatewayTakes({ ...adult, [fact]: undefined }), fact).toBe(true);
    }
  });
});

describe('the way on', () => {
  it.each<[string, Facts, string]>([
    ['the form for an adult in Cardiff', {}, 'form'],
    ['to ask first, for somebody who has not been asked', { about: 'someone-else', agreed: 'not-asked' }, 'ask-first'],
    ['to ask first, for somebody who said no', { about: 'someone-else', agreed: 'no' }, 'ask-first'],
    [
      'help now, for somebody in danger who has not been asked',
      { about: 'someone-else', agreed: 'no', danger: 'now' },
      'elsewhere',
    ],
    [
      'the children’s service, for a child who said no',
      { about: 'someone-else', agreed: 'no', age: '5-15' },
      'elsewhere',
    ],
    ['their own council, for somebody in Swansea', { council: 'W06000011' }, 'elsewhere'],
  ])('is %s', (_way, more, expected) => {
    expect(wayOn({ ...adult, ...more })).toBe(expected);
  });
});
