namespace Framelane.Domain.Workspaces;

public enum Plan
{
    Free,
    Pro,
    Enterprise,
}

public enum PlanStatus
{
    Active,
    PastDue,
    Cancelled,
    Trialing,
}
