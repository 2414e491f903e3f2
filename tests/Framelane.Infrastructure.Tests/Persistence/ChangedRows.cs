using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>How many rows each statement changed that begins so.</summary>
sealed class ChangedRows(string verb) : DbCommandInterceptor
{
    public List<int> Sizes { get; } = [];

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith(verb, StringComparison.Ordinal))
            Sizes.Add(result);
        return new(result);
    }
}
