namespace Framelane.Infrastructure.Outbound;

/// <summary>A target that may not be reached. Says neither which address it has nor which rule forbids it.</summary>
public sealed class ForbiddenTargetException() : Exception("The target may not be reached.");
