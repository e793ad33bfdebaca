/** The questions of the check as a map shows them: in order, and which answers decide what is asked. */
import { checkFlow, everyChoiceOf, type Question } from '#check/check-flow.ts';
import { anyCouncil, decidingOf, isOtherCouncil, type Choice, type Need } from '#check/what-decides.ts';
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import type { MapQuestion } from '#ui/map/map.ts';
import { answerWords, questionLabel } from './answer-words.ts';

const numberOf = (id: string): number => checkFlow.findIndex((question) => question.id === id) + 1;

/** Every question, in order. */
export function questionMap(variant: Variant): MapQuestion[] {
  const say = words(variant, 'map');
  const wording = { variant, isForSomeoneElse: false };

  const choiceWords = (id: string, choice: Choice): string => {
    if (choice === null) return say('questions.notAnswered');
    return choice === anyCouncil ? say('questions.anyCouncil') : (answerWords(id, choice, wording)[0] ?? choice);
  };
  const needWords = ({ question, choices, others }: Need): string => {
    const quoted = (each: readonly Choice[]): string =>
      each
        .map((choice) => (choice === null ? choiceWords(question, choice) : `“${choiceWords(question, choice)}”`))
        .join(', ');
    const answers = choices.length <= others.length ? quoted(choices) : `${say('questions.not')} ${quoted(others)}`;
    return `${numberOf(question)}. ${questionLabel(question, wording)}: ${answers}`;
  };
  const view = (question: Question): MapQuestion => {
    const { id } = question;
    const { decidedBy, asked, offered } = decidingOf(question);
    const answers = everyChoiceOf(question).filter((choice) => !isOtherCouncil(choice));
    return {
      id,
      number: numberOf(id),
      label: questionLabel(id, wording),
      title: words(variant, 'check')(`questions.${id}.title`),
      answers: answers.map((choice) => choiceWords(id, choice)),
      standing: offered ? 'offered' : decidedBy.length > 0 ? 'asked' : 'always',
      asked: asked?.map(needWords),
      offered: offered?.map(needWords),
      decidedBy: decidedBy.map((each) => ({ id: each, number: numberOf(each), label: questionLabel(each, wording) })),
    };
  };
  return checkFlow.map(view);
}
