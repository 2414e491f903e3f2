namespace Framelane.Infrastructure.Persistence;

static class Causes
{
    /// <summary>The failure, and what each wraps, from the outside in.</summary>
    public static IEnumerable<Exception> WithCauses(this Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
