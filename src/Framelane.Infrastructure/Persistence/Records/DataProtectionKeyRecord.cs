namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>One element of the key ring; its key is wrapped under the master key, which is never in the database.</summary>
sealed class DataProtectionKeyRecord
{
    public required string Id { get; init; }

    public required string Xml { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
