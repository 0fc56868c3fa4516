/**
 * What the bot counts, for Prometheus.
 *
 * In: events as they happen, and where to look up what is a state. Out: the text of `/metrics`. The registry is its own.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Reply } from './conversation/conversation.js';

/** States that are asked for when somebody looks; times in UTC ms, undefined where there is nothing yet. */
export interface Gauges {
  readonly archiveMessages: () => number;
  readonly queue: () => number;
  readonly lastHeard: () => number | undefined;
  readonly restarts: () => number;
  readonly online: () => boolean;
}

export interface Meters {
  /** A message was dealt with in so many ms. */
  dealtWith(reply: Reply, ms: number): void;
  sent(): void;
  /** Nothing goes out for a while, because the platform said so. */
  rested(): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Seconds: from a word looked up to a model that is busy. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMeters(gauges: Gauges): Meters {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });

  const questions = counter('qunshi_questions_total', 'Questions put to the bot');
  const answers = counter('qunshi_answers_total', 'Questions answered with quotes');
  const abstentions = counter('qunshi_abstentions_total', 'Questions for which nothing good enough was found');
  const unasked = counter('qunshi_unasked_answers_total', 'Answers given without being asked');
  const tooMany = counter('qunshi_limited_total', 'Messages passed over because a person or room asked too often');
  const sent = counter('qunshi_messages_sent_total', 'Messages that WeChat accepted');
  const rests = counter('qunshi_send_rests_total', 'Times WeChat asked for fewer messages');
  const latency = new Histogram({
    name: 'qunshi_answer_seconds',
    help: 'From a question heard to its answer ready to be sent',
    buckets: BUCKETS,
    registers,
  });
  gauge('qunshi_archive_messages', 'Messages of the archive', gauges.archiveMessages);
  gauge('qunshi_queue', 'Replies that wait or are being sent', gauges.queue);
  gauge(
    'qunshi_last_message_timestamp_seconds',
    'When the last message was heard, 0 if never',
    () => (gauges.lastHeard() ?? 0) / 1_000,
  );
  gauge('qunshi_restarts', 'Restarts by the supervisor since it was started', gauges.restarts);
  gauge('qunshi_online', '1 while logged in and in contact with the server', () => (gauges.online() ? 1 : 0));

  return {
    dealtWith({ intent, answered }, ms) {
      if (intent === 'too many') tooMany.inc();
      if (intent === 'unasked question' && answered) unasked.inc();
      if (intent !== 'question' || answered === undefined) return;
      questions.inc();
      (answered ? answers : abstentions).inc();
      latency.observe(ms / 1_000);
    },
    sent: () => sent.inc(),
    rested: () => rests.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
