using System.Collections.Concurrent;

namespace Framelane.Bench.Common;

/// <summary>The last lines that a process wrote, for telling why it ended.</summary>
sealed class LastWords
{
    const int Lines = 60;

    readonly ConcurrentQueue<string> lines = new();

    public void Add(string line)
    {
        lines.Enqueue(line);
        while (lines.Count > Lines)
            lines.TryDequeue(out _);
    }

    public override string ToString() => $"Its last words:\n{string.Join('\n', lines)}";
}
