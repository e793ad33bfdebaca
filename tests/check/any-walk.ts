/** Somebody who walks the whole check by chance, any value and several at once, and takes up some of what is offered. */
import fc from 'fast-check';
import { answerOf, checkFlow, choicesOf, type Answers } from '../../src/check/check-flow.ts';
import { journey } from '../../src/flow/journey.ts';

/** Answers that count, to the end of a way. */
export const anyWalk: fc.Arbitrary<Answers> = fc
  .array(fc.nat(10_000), { minLength: 36, maxLength: 36 })
  .map((numbers) => {
    let at = 0;
    const leftAlone = new Set<string>();
    let answers: Answers = {};
    for (;;) {
      const { next, offered, relevant } = journey(checkFlow, answers);
      const question = next ?? offered.find(({ id }) => !leftAlone.has(id));
      if (!question) return relevant;
      const number = numbers[at++] ?? 0;
      leftAlone.add(question.id);
      if (!next && number % 3 === 0) continue;
      const values = choicesOf(question, relevant);
      // Danger ends the check, and a council is one of 22: by chance alone hardly anybody would be calm, or live outside Wales.
      const value =
        question.id === 'danger' && number % 4 > 0
          ? 'no'
          : question.id === 'council' && number % 2 === 0
            ? 'unsure'
            : values[number % values.length]!;
      const second = values[Math.floor(number / values.length) % values.length]!;
      const both = [value, second].filter((each) => each !== 'none' && each !== 'unsure');
      const isTwo = question.kind === 'list' && number % 3 === 0 && new Set(both).size === 2;
      answers = {
        ...answers,
        [question.id]: isTwo ? values.filter((each) => both.includes(each)) : answerOf(question, value),
      };
    }
  });
