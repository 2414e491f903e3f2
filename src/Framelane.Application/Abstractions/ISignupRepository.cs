using Framelane.Domain.Signups;

namespace Framelane.Application.Abstractions;

public interface ISignupRepository
{
    /// <summary>What is under way for the address, locked until the transaction ends. A new one is begun where there is none.</summary>
    Task<Signup> GetForUpdateAsync(EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken);
}
