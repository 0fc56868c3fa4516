/**
 * The ranking models that come with the project: one for words alone, one for words and meaning.
 */
import { MODEL, type Scorer, scorer } from './boosted-trees.js';
import { ALL_FEATURES } from './features.js';
import lexical from './lexical-ranking.json' with { type: 'json' };
import meaning from './meaning-ranking.json' with { type: 'json' };

export interface RankingModels {
  readonly lexical: Scorer;
  readonly meaning: Scorer;
}

export function rankingModels(): RankingModels {
  return { lexical: scorer(MODEL.parse(lexical), ALL_FEATURES), meaning: scorer(MODEL.parse(meaning), ALL_FEATURES) };
}
