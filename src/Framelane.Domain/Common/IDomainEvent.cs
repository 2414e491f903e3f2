namespace Framelane.Domain.Common;

/// <summary>Something that happened to an aggregate; told to the rest of the program after the commit.</summary>
#pragma warning disable CA1040 // A marker is all it is.
public interface IDomainEvent;
