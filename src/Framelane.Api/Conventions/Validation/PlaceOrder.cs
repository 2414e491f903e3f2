namespace Framelane.Api.Conventions.Validation;

/// <summary>Orders places: part by part, indexes by number and before names, a whole before its parts.</summary>
sealed class PlaceOrder : IComparer<IReadOnlyList<object>>
{
    public static readonly PlaceOrder Instance = new();

    public int Compare(IReadOnlyList<object>? x, IReadOnlyList<object>? y)
    {
        var (left, right) = (x ?? [], y ?? []);
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order = (left[i], right[i]) switch
            {
                (int a, int b) => a.CompareTo(b),
                (int, _) => -1,
                (_, int) => 1,
                var (a, b) => string.CompareOrdinal((string)a, (string)b),
            };
            if (order != 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }
}
