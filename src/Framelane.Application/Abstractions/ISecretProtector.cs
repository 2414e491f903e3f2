using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>Encrypts signing secrets for storage. What is sealed for one workspace and epoch opens for no other.</summary>
public interface ISecretProtector
{
    SealedSecret Seal(WorkspaceId workspaceId, long epoch, SigningSecret secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed for another workspace or epoch, or under a key that is gone.</exception>
    SigningSecret Open(WorkspaceId workspaceId, SealedSecret secret);
}
