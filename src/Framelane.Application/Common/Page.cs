namespace Framelane.Application.Common;

/// <param name="Limit">1 to <see cref="MaxLimit"/> rows.</param>
/// <param name="After">The key of the last row of the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, string? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;
}

/// <param name="NextKey">The key of the last row here, where more follow; otherwise null. The API makes an opaque cursor of it.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextKey)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], NextKey);
}
