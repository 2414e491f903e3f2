using Framelane.Domain.Usage;

namespace Framelane.Application.Abstractions;

/// <summary>What owners used in workspaces that are no more.</summary>
public interface ISpentMinutes
{
    /// <summary>Notes it in the transaction that runs, in the place of what was noted of the owner before.</summary>
    Task NoteAsync(OwnerName owner, CalendarMonth month, long milliseconds, CancellationToken cancellationToken);

    /// <returns>Milliseconds of output; 0 where nothing is known of the month.</returns>
    Task<long> FindAsync(OwnerName owner, CalendarMonth month, CancellationToken cancellationToken);
}
