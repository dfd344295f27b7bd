/** Questions that wait for the other thread's answer, by topic. */
import { ContractError } from '../contract/errors.ts';
import type { Told } from '../contract/phrase.ts';
import {
  type AnswerOfHistory,
  type FailedQuestion,
  type HistoryAnswers,
  type HistoryTopic,
  historyTopics,
} from './history-messages.ts';

type Waiting = {
  readonly [Topic in HistoryTopic]: Map<number, PromiseWithResolvers<HistoryAnswers[Topic]['answer']>>;
};

export class HistoryQuestions {
  readonly #waiting = Object.fromEntries(historyTopics.map((topic) => [topic, new Map()])) as Waiting;

  /** Its id is to come back with the answer. */
  wait<Topic extends HistoryTopic>(topic: Topic, id: number): Promise<HistoryAnswers[Topic]['answer']> {
    const answer = Promise.withResolvers<HistoryAnswers[Topic]['answer']>();
    this.#waiting[topic].set(id, answer);
    return answer.promise;
  }

  answered<Topic extends HistoryTopic>({ topic, id, answer }: AnswerOfHistory<Topic>): void {
    this.#waiting[topic].get(id)?.resolve(answer);
    this.#waiting[topic].delete(id);
  }

  failed({ topic, id, told }: FailedQuestion): void {
    this.#waiting[topic].get(id)?.reject(new ContractError('conflict', told));
    this.#waiting[topic].delete(id);
  }

  /** Nobody will answer any more. */
  rejectAll(why: Told): void {
    for (const questions of Object.values(this.#waiting)) {
      for (const question of questions.values()) {
        question.reject(new ContractError('conflict', why));
      }
      questions.clear();
    }
  }
}
