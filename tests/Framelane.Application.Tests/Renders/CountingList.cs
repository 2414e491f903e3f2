using System.Collections;

namespace Framelane.Application.Tests.Renders;

/// <summary>Counts how often it is gone through.</summary>
sealed class CountingList<T>(IReadOnlyList<T> all) : IReadOnlyList<T>
{
    public int Reads { get; private set; }

    public int Count => all.Count;

    public T this[int index] => all[index];

    public IEnumerator<T> GetEnumerator()
    {
        Reads++;
        return all.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
