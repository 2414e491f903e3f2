using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

/// <summary>Owners are kept as HMAC-SHA256 under a key derived from the master key.</summary>
sealed class SpentMinutesRepository(FramelaneDbContext db, MasterKey master) : ISpentMinutes
{
    const string Purpose = "spent-minutes v1";

    public async Task NoteAsync(OwnerName owner, CalendarMonth month, long milliseconds, CancellationToken cancellationToken)
    {
        var digest = DigestOf(owner);
        if (await db.SpentMinutes.SingleOrDefaultAsync(row => row.Owner == digest, cancellationToken) is { } known)
            known.Note(month, milliseconds);
        else
            db.SpentMinutes.Add(SpentMinutes.Of(digest, month, milliseconds));
    }

    public Task<long> FindAsync(OwnerName owner, CalendarMonth month, CancellationToken cancellationToken)
    {
        var digest = DigestOf(owner);
        return db.SpentMinutes.Where(row => row.Owner == digest && row.Month == month.Start).Select(row => row.Milliseconds).SingleOrDefaultAsync(cancellationToken);
    }

    string DigestOf(OwnerName owner) => Convert.ToHexStringLower(HMACSHA256.HashData(master.Derive(Purpose), Encoding.UTF8.GetBytes(owner.Text)));
}
