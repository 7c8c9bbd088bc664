"""WHAT IS AGREED. What an employer, a student and a school promise each other; the schedule checker; exam weeks.
"""
