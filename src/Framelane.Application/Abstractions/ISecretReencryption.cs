using Framelane.Domain.Common;

namespace Framelane.Application.Abstractions;

/// <summary>Encrypts anew what lies encrypted in the database, under a key ring that is made for it; the old one goes.</summary>
public interface ISecretReencryption
{
    /// <summary>All of it in one transaction, while no other process runs: those would go on with the old ring.</summary>
    /// <param name="newMasterKeyFile">The file of another master key, which is there; null where the master key stays.</param>
    /// <returns>How much was encrypted anew; an error where another process runs, or the file holds no key.</returns>
    Task<Result<Reencrypted>> RunAsync(string? newMasterKeyFile, CancellationToken cancellationToken);
}

/// <param name="Workspaces">Whose signing secrets were.</param>
/// <param name="Answers">That are remembered under an <c>Idempotency-Key</c>.</param>
/// <param name="Mails">That are not sent yet.</param>
public sealed record Reencrypted(int Workspaces, int Answers, int Mails);
