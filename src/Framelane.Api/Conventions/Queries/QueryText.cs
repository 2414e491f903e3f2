namespace Framelane.Api.Conventions.Queries;

static class QueryText
{
    /// <summary>The value, where it was given once, as text: that says what was signed even where it is empty.</summary>
    public static string? One(this IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] ?? "" : null;
}
