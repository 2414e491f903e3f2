namespace Framelane.Application.Common;

/// <summary>The names of contract/api.md's list answer.</summary>
/// <param name="NextCursor">Asks for the next page; null on the last.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Data, string? NextCursor, bool HasMore);
