import { wordsOf } from './words.ts';

/** What a name says about pages. */
export interface PageNames {
  /** Of a request: where a page begins. */
  isCursor(name: string): boolean;
  /** Of a request: the item before the page, by its id. */
  isItemBefore(name: string): boolean;
  /** Of a request: how many items a page may have. */
  isLimit(name: string): boolean;
  /** Of an answer: the cursor of the next page. */
  isNextCursor(name: string): boolean;
  /** Of an answer: whether another page follows. */
  isHasMore(name: string): boolean;
  /** Of an answer: the next page by number, address or cursor. */
  isNextPlace(name: string): boolean;
  /** Of a list: what an answer is about. */
  isMainList(name: string): boolean;
  /** Of a list: what goes with an answer. */
  isSideList(name: string): boolean;
}

const CURSOR =
  /^(cursor|after|after_cursor|starting_after|start_cursor|page_token|next_token|continuation_token|page_cursor|page_after|(after|last|since)_id)$/;
const ITEM_BEFORE = /^(starting_after|after|(after|last|since)_id)$/;
const LIMIT =
  /^(limit|page_?size|per_?page|max_(results|items|page_size)|(items|results)_per_page|first|page_limit|size|take)$/;
const NEXT_CURSOR =
  /^(next|next_cursor|next_page_token|next_page_cursor|next_token|continuation_token|end_cursor)$/;
const HAS_MORE = /^(has_more|has_next|has_next_page|has_more_(items|results|pages)|more)$/;
const NEXT_PLACE = /^(next_page|next_offset|next_(page_)?(url|uri|link|href)|odata_next_link)$/;
const MAIN_LIST =
  /^(data|items|results?|records|entries|values|list|rows|hits|edges|nodes|resources|elements|objects|content|members|collection)$/;
const SIDE_LIST =
  /^(included|includes|linked|warnings|errors|messages|notices|hints|links|facets|aggregations|filters|sorts?|tags|labels|columns|fields|meta|metadata|debug|related|suggestions|expansions)$/;

/** The names that pages are recognised by, whatever case they are written in. Source: assumed (common usage). */
export const PAGE_NAMES: PageNames = {
  isCursor: (name) => CURSOR.test(wordsOf(name)),
  isItemBefore: (name) => ITEM_BEFORE.test(wordsOf(name)),
  isLimit: (name) => LIMIT.test(wordsOf(name)),
  isNextCursor: (name) => NEXT_CURSOR.test(wordsOf(name)),
  isHasMore: (name) => HAS_MORE.test(wordsOf(name)),
  isNextPlace: (name) => NEXT_PLACE.test(wordsOf(name)),
  isMainList: (name) => MAIN_LIST.test(wordsOf(name)),
  isSideList: (name) => SIDE_LIST.test(wordsOf(name)),
};
