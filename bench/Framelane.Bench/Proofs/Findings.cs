namespace Framelane.Bench.Proofs;

/// <summary>What broke a promise, each with what happened around it. Prints the first ones whole and counts all.</summary>
sealed class Findings
{
    const int ShownInFull = 5;

    readonly Dictionary<string, int> kinds = [];

    public int Count => kinds.Values.Sum();

    public void Add(string kind, string what, IEnumerable<string>? around = null)
    {
        lock (kinds)
        {
            var before = kinds.GetValueOrDefault(kind);
            kinds[kind] = before + 1;
            if (before >= ShownInFull)
                return;
            Console.WriteLine($"VIOLATION {kind}: {what}");
            foreach (var line in around ?? [])
                Console.WriteLine(line);
        }
    }

    public int CountOf(string kind) => kinds.GetValueOrDefault(kind);

    public void Summarise()
    {
        foreach (var (kind, count) in kinds.OrderByDescending(pair => pair.Value))
            Console.WriteLine($"{count} × {kind}");
    }
}
