namespace Framelane.Domain.Usage;

/// <summary>Milliseconds of output that a workspace can no longer have otherwise.</summary>
/// <param name="Used">By renders that completed in the month.</param>
/// <param name="Reserved">By renders that have not ended.</param>
public readonly record struct CommittedUsage(long Used, long Reserved);
