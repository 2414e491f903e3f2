namespace Framelane.Domain.Workspaces;

/// <summary>A signing secret as it lies at rest: ciphertext that opens only for its workspace and the epoch it was issued at.</summary>
public sealed record SealedSecret(ReadOnlyMemory<byte> Ciphertext, long Epoch)
{
    public bool Equals(SealedSecret? other) => other is not null && Epoch == other.Epoch && Ciphertext.Span.SequenceEqual(other.Ciphertext.Span);

    public override int GetHashCode() => Epoch.GetHashCode();

    public override string ToString() => $"sealed at epoch {Epoch}";
}
