using Framelane.Application.Abstractions;
using Framelane.Domain.Signups;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class SignupRepository(FramelaneDbContext db, IDatabaseProvider provider) : ISignupRepository
{
    public async Task<Signup> GetForUpdateAsync(EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken) =>
        await provider.LockSignupAsync(db, address.Key, cancellationToken) ?? db.Signups.Add(Signup.Of(SignupId.New(now), address, now)).Entity;
}
