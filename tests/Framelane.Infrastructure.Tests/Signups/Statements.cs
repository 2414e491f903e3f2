using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Framelane.Infrastructure.Tests.Signups;

/// <summary>Writes down what the database is asked: which statement, on which table, and how many rows it may write.</summary>
sealed partial class Statements : DbCommandInterceptor
{
    readonly List<string> seen = [];

    /// <summary>What came since the last call, in no order; that a row is new or changed makes no difference.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (seen)
        {
            string[] taken = [.. seen.Order(StringComparer.Ordinal)];
            seen.Clear();
            return taken;
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    void Note(DbCommand command)
    {
        lock (seen)
        {
            foreach (Match found in Verb().Matches(command.CommandText))
                seen.Add($"{(found.Groups[1].Value is "SELECT" ? "read" : "write")} {(found.Groups[2].Success ? found.Groups[2].Value : "-")}");
        }
    }

    [GeneratedRegex("""^\s*(SELECT|INSERT INTO|UPDATE|DELETE)(?:[^;]*?FROM)?\s*[\["]?(\w+)?""", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
