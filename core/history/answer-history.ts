/** What the keeper answers to one message. */

import { toldBy } from '../base/phrase-error.ts';
import type { HistoryKeeper } from './history-keeper.ts';
import type { AnswerOfHistory, AskHistory, FromHistory, HistoryTopic, ToHistory } from './history-messages.ts';

/** Does not throw: what went wrong is in the answer. */
export function answerHistory(keeper: HistoryKeeper, message: ToHistory): FromHistory {
  const { id } = message;
  switch (message.kind) {
    case 'write':
      return { kind: 'written', id, condition: keeper.write(message.batch, message.nowMs) };
    case 'ask':
      try {
        return answerQuestion(keeper, message);
      } catch (error) {
        return { kind: 'failed', id, topic: message.topic, told: toldBy(error) };
      }
    case 'close':
      keeper.close();
      return { kind: 'closed', id };
  }
}

function answerQuestion<Topic extends HistoryTopic>(
  keeper: HistoryKeeper,
  question: AskHistory<Topic>,
): AnswerOfHistory<Topic> {
  return { kind: 'answered', id: question.id, topic: question.topic, answer: keeper.ask(question) };
}
