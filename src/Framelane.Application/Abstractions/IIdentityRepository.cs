using Framelane.Domain.Identities;

namespace Framelane.Application.Abstractions;

public interface IIdentityRepository
{
    Task<Identity?> FindAsync(IdentityName name, CancellationToken cancellationToken);

    /// <summary>Of several that are added at once, one is: the work of the others runs again and finds it.</summary>
    void Add(Identity identity);
}
