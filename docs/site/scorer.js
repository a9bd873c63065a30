// What a person looks for is a page that explains: pages that lead somewhere first, members of the API last.
var Scorer = {
  score: ([page, , , , score, , kind]) => {
    const places = [
      ["how-to/", 8],
      ["tutorials/", 6],
      ["explanation/", 4],
      ["reference/generated/api/", -6],
      ["reference/generated/schemas", -6],
      ["reference/generated/rules/", 8],
      ["reference/generated/", 0],
      ["reference/", 3],
    ];
    const [, worth] = places.find(([folder]) => page.startsWith(folder)) ?? ["", 0];
    return score + worth - (kind === "object" ? 15 : 0);
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 0, 1: 0, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
